// Package source reads the files of a description and follows the references between them.
//
// It also reads other files that a user names, with the same care: a file may be a pipe that never
// ends, a device, or as large as a disk, and a link may lead anywhere.
//
// A description is read as YAML nodes, not through an OpenAPI library. A node has its own position
// and its place among its siblings, a key that no one knows is as visible as one that everyone
// knows, and files parse in parallel. A library's typed documents lose the order of properties and
// the unknown keys, stop at the first fault, and take a global lock to record positions.
//
// Positions are those of the node at fault: a bad value's own, an unknown or misplaced key's own, a
// property's key where the property as a whole is at fault, and the start of whatever lacks
// something.
//
// Files use each other in this order only: ref, set, open, prune, question, find, read, value,
// schematype, sink, (file, node), parse. A file has a root, which is a node, and a node knows its
// file.
package source
