// Package mock is an offline WeChat Pay. It checks requests as strictly as the real one, gives
// signed answers as described, remembers objects, lets people pay, and sends notifications. Package
// judge checks requests, memory and product keep and move objects, sample makes up the rest of the
// answers, notice delivers notifications, and fault spoils replies and notifications.
//
// Files use each other in this order only: serve, perform, write, spoil, snapshot, state, inspect,
// watch, engine, log, exchange, reply.
package mock
