package web

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// square is a QR code as a path of SVG: black modules, with the quiet zone for readers.
type square struct {
	Size int // modules on a side, with the quiet zone
	Path string
}

const quiet = 4 // modules

// newSquare encodes a text; nil if it is too long for a code.
func newSquare(text string) *square {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for x+run < code.Size && code.Black(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run, run)
				x += run
			}
		}
	}
	return &square{code.Size + 2*quiet, path.String()}
}
