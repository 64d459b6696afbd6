// Package wire reads and writes the JSON of requests and replies.
//
// It does so by the rules of encoding/json, but tells all that does not fit and keeps the rest,
// reads what can mean one thing only, puts no value into a message, and collects the serials of the
// keys that sealed. Of encoding/json it uses the names of types alone, which link next to nothing.
//
// Files use each other in this order only: object, instring, write, (read, tolerate), decoder,
// shape, methods, fault, text, scan. Those in brackets call each other: what read finds unfit,
// tolerate reads in another form, and so asks read for the parts.
package wire
