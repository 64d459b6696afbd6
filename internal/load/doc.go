// Package load builds the model of a description, which package emit prints, and decides every name
// in it.
//
// It works in three rounds, each in parallel: read every file (package source); check every file
// against the dialect (package check); build every service (service.go). The rounds do not wait for
// a clean slate: a fault found in one does not hide those of the next.
//
// Files use each other in this order only: whole, load, webhook, typo, service, operation,
// schema, example, param, limits, tree, layers, group, options, finish, builder, scope.
package load
