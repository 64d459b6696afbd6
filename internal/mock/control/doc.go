// Package control is the JSON interface by which people and programs steer the mock server: time,
// payments, notifications, faults, state. It answers this machine alone, and no page of another
// site.
//
// Files use each other in this order only: guard, control, catalogue, try, clock, server, answer.
package control
