// Package notice makes signed and encrypted notifications. It delivers them on the official
// schedule, by the server's clock, until the receiver accepts them.
//
// Files use each other in this order only: deliver, ring, make, notifier, client, delivery,
// notification.
package notice
