// Package desc reads the compiled description: what the mock server knows of each operation and
// notification, in one small compressed file per service, which is read when it is first asked for.
// Package compile writes these files; this one uses the standard library alone.
//
// Files use each other in this order only: route, set, tree, entry, operation, schema, choice.
package desc
