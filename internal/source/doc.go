// Package source reads the files of a description and follows the references between them.
//
// It also reads other files that a user names, with the same care: a file may be an endless pipe, a
// device, or as large as a disk, and a link may lead anywhere.
//
// A description is read as YAML nodes, not through an OpenAPI library. Nodes keep their positions
// and their order, unknown keys are visible like known ones, and files parse in parallel. A
// library's typed documents lose the order of properties and the unknown keys, stop at the first
// fault, and take a global lock to record positions.
//
// A fault has the position of its node: a bad value, an unknown or misplaced key, the key of a
// property that is wrong as a whole, or the start of a node that lacks something.
//
// Files use each other in this order only: ref, set, open, prune, question, find, read, value,
// schematype, sink, (file, node), parse. A file has a root node, and a node has its file.
package source
