// Package sample makes values for schemas: plausible replies and valid requests. Equal seeds give
// equal values.
//
// Files use each other in this order only: request, value, text, fit, seal, maker.
package sample
