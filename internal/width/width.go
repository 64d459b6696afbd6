package width

// Of is the number of columns of a text.
func Of(text string) int {
	n := 0
	for _, r := range text {
		n += Rune(r)
	}
	return n
}

// Rune is 2 for East Asian wide and full-width characters, 0 for marks that combine, 1 otherwise.
func Rune(r rune) int {
	switch {
	case r < 0x1100:
		if r >= 0x300 && r <= 0x36F {
			return 0
		}
		return 1
	case r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 &&
		r <= 0xFAFF,
		r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x1F300 && r <= 0x1F64F, r >= 0x20000 && r <= 0x3FFFD:
		return 2
	}
	return 1
}
