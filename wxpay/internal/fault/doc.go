// Package fault says what is wrong with a request or a reply, and where: as WeChat Pay spells the
// place, "list[2].name", and without a value.
//
// Its files use those before them alone: place, placed, invalid.
package fault
