// Package load reads a description, a folder of OpenAPI 3.1 files in YAML, and builds the model that package emit
// prints. All names are decided here, and everything wrong with the description is reported at once, with positions.
//
// It works in three rounds, each in parallel: parse every file; check every file's structure against the keys that the
// dialect knows (check.go, shapes.go); build every service (service.go). The rounds do not wait for a clean slate: a
// fault found in one does not hide those of the next.
//
// Files are read as YAML nodes, not through an OpenAPI library. A node has its own position and its place among its
// siblings, a key that no one knows is as visible as one that everyone knows, and files parse in parallel; a library's
// typed documents lose the order of properties and the unknown keys, stop at the first fault, and take a global lock to
// record positions. A test holds that such a library reads and accepts the description all the same.
//
// Positions are those of the node at fault: a bad value's own, an unknown or misplaced key's own, a property's key where
// the property as a whole is at fault, and the start of whatever lacks something.
package load
