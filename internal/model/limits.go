package model

// Limits bound what a value may be. They are those of the description, whether or not Validate can
// check them.
type Limits struct {
	MinLength, MaxLength int  // of a string, in characters; a maximum of 0 is none
	Bytes                bool // lengths count bytes
	// lengths are those of the clear text; without it, of a Secret, those of the ciphertext
	Clear   bool
	Pattern string // of a string, as ECMA-262 writes it
	// what Pattern says, lengths apart, if that is one class of characters, as gen.Required.Only
	// takes it
	Class              string
	Minimum, Maximum   string // of a number, as JSON writes it; "" is none
	MinItems, MaxItems int    // of a list; a maximum of 0 is none
}
