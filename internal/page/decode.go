package page

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/source"
)

// maxSize is far above the size of every page (200 kB, with its samples). A larger text would delay
// an import.
const maxSize = 2 << 20

// decode refuses text that cannot be a page.
func decode(src []byte, faults *faultList) (string, bool) {
	switch {
	case len(src) > maxSize:
		faults.add(0, "leave the file out, or cut it into its pages",
			"is %d MB large, and no page has more than %d", (len(src)+1<<20-1)>>20, maxSize>>20)
	case bytes.IndexByte(src, 0) >= 0:
		faults.add(lineAt(src, bytes.IndexByte(src, 0)),
			"leave the file out: pages are Markdown or plain text", "is a binary file")
	case !utf8.Valid(src):
		faults.add(lineAt(src, firstInvalid(src)), "save the page as UTF-8", "is not valid UTF-8")
	case hidden(src) >= 0:
		at := hidden(src)
		r, _ := utf8.DecodeRune(src[at:])
		faults.add(lineAt(src, at), "remove it", "holds the character %U, which nobody sees", r)
	default:
		return strings.TrimPrefix(string(src), "\ufeff"), true
	}
	return "", false
}

// hidden finds an invisible character; -1 if there is none. A byte order mark may begin a page.
func hidden(src []byte) int {
	mark := len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	if i := bytes.IndexFunc(src[mark:], source.Hidden); i >= 0 {
		return mark + i
	}
	return -1
}

func lineAt(src []byte, offset int) int { return 1 + bytes.Count(src[:offset], []byte("\n")) }

func firstInvalid(src []byte) int {
	for at := 0; at < len(src); {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return 0
}
