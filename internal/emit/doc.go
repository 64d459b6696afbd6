// Package emit prints a model as Go: it turns *model.API into the files of the output folder. It
// decides no name that a caller could use, reads no file and writes none.
//
// Files use each other in this order only: emit, index, root, webhook, servicefiles, call, example,
// node, verb, signature, verbdoc, part, service, sample, within, plausible, shared, struct, enum,
// query, secrets, validate, limits, walker, presence, notes, callnotes, pkg, prose, file, filename,
// job, config, runtime, tall, comment.
package emit
