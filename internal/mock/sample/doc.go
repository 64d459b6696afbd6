// Package sample makes values that a schema allows: replies that make sense, and valid requests.
// Equal seeds give equal values.
//
// Files use each other in this order only: request, value, text, fit, seal, maker.
package sample
