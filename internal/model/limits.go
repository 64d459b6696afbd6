package model

// Limits bound a value. They are those of the description, even if Validate cannot check them.
type Limits struct {
	MinLength, MaxLength int  // of a string, in characters; a maximum of 0 is none
	Bytes                bool // lengths count bytes
	// lengths are of the clear text; otherwise those of a Secret are of the ciphertext
	Clear   bool
	Pattern string // of a string, as ECMA-262 writes it
	// the characters of a Pattern that is one class, in the form of gen.Required.Only
	Class              string
	Minimum, Maximum   string // of a number, as JSON writes it; "" is none
	MinItems, MaxItems int    // of a list; a maximum of 0 is none
}
