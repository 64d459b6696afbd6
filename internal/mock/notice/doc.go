// Package notice makes notifications, signed and encrypted, and delivers them: again and again on
// the official schedule, by the server's clock, until they are answered.
//
// Files use each other in this order only: deliver, ring, make, notifier, client, delivery,
// notification.
package notice
