// Package memory holds the mock server's objects (orders, refunds, applications …), with their
// numbers, fields, state and history.
//
// Files use each other in this order only: recall, list, identity, call, echo, state, store,
// object.
package memory
