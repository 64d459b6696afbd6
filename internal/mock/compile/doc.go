// Package compile turns a description into the compact form that package desc reads.
//
// Files use each other in this order only: changes, compile, operation, schema, part, builder.
package compile
