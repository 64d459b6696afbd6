// Package load builds the model of a description, which package emit prints, and decides every name
// in it.
//
// It works in three rounds, each in parallel: read every file (package source); check every file
// against the dialect (package check); build every service (service.go). A fault that one round
// finds does not keep the next from looking for its own.
//
// Files use each other in this order only: load, whole, read, needed, progress, layers, typo,
// webhook, service, direction, refuse, operation, body, example, tree, param, schema, choice, link,
// group, limits, sample, selection, pattern, options, prose, builder, scope.
package load
