// Package desc reads the compiled description, which holds the mock server's facts about each
// operation and notification. Each service is a small compressed file, read at its first use.
// Package compile writes these files; this one uses the standard library alone.
//
// Files use each other in this order only: route, set, tree, entry, operation, schema, choice.
package desc
