// Package compile turns a description into the compact form for package desc.
//
// Files use each other in this order only: changes, compile, operation, schema, part, builder.
package compile
