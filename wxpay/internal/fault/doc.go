// Package fault describes a fault of a request or a reply and its place, as WeChat Pay spells it,
// "list[2].name". It never holds a value.
//
// Files use each other in this order only: placed, place, invalid.
package fault
