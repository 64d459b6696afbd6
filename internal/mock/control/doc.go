// Package control is the JSON interface for people and programs to steer the mock server: time,
// payments, notifications, faults, state. It answers requests from this machine alone, and no pages
// of other sites.
//
// Files use each other in this order only: guard, control, catalogue, try, clock, server, answer.
package control
