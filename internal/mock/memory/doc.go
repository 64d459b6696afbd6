// Package memory is what the mock server remembers: objects (orders, refunds, applications …) with
// their numbers, fields, state and history.
//
// Files use each other in this order only: list, recall, identity, store.
package memory
