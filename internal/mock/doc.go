// Package mock is an offline WeChat Pay. It judges requests as strictly as the real one, answers
// signed and as the description says, remembers what was created, lets people pay, and sends
// notifications. Package judge checks requests, memory and product remember and move what they are
// about, sample makes the rest of the answers, notice delivers notifications, fault spoils what is
// to be spoilt.
//
// Files use each other in this order only: serve, perform, write, spoil, snapshot, state, inspect,
// watch, engine, log, exchange, reply.
package mock
