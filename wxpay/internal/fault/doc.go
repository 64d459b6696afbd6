// Package fault says what is wrong with a request or a reply, and where: as WeChat Pay spells the
// place, "list[2].name", and without a value.
//
// Files use each other in this order only: placed, place, invalid.
package fault
