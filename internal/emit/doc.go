// Package emit prints a model as Go: it turns *model.API into the files of the output folder. It
// decides nothing that a caller could see by name, reads no file and writes none.
//
// Files use each other in this order only: root, webhook, verbdoc, verb, limits, example, node,
// service, sample, prose, notes, plausible, shared, struct, secrets, validate, enum, query, pkg,
// filename, file, emit, comment, within.
package emit
