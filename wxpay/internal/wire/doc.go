// Package wire reads and writes the JSON of requests and replies.
//
// It follows the rules of encoding/json, with these differences: it reports all values that do not
// fit and reads the rest, it reads a value of another form if that has one meaning only, its
// messages hold no value, and it collects the serials of the keys that sealed. It uses only types
// of encoding/json, so that programs hardly link any of it.
//
// Files use each other in this order only: object, instring, write, (read, tolerate), decoder,
// shape, methods, fault, text, scan. The files in brackets call each other: read passes a value
// that does not fit to tolerate, which has read decode its parts.
package wire
