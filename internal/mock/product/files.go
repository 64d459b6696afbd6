package product

import "fmt"

// MaxFiles bounds the files behind download addresses; the latest remain.
const MaxFiles = 200

// MaxFileBytes bounds their total size; the latest file is always kept.
const MaxFileBytes = 64 << 20

// files are the files behind download addresses.
type files struct {
	last  int64
	kept  map[string][]byte
	order []string
	bytes int
}

// keep stores a file and returns its token.
func (f *files) keep(content []byte) (token string) {
	f.last++
	token = fmt.Sprintf("wxgen%019d", f.last)
	if f.kept == nil {
		f.kept = map[string][]byte{}
	}
	f.kept[token] = content
	f.order, f.bytes = append(f.order, token), f.bytes+len(content)
	for len(f.order) > MaxFiles || f.bytes > MaxFileBytes && len(f.order) > 1 {
		f.bytes -= len(f.kept[f.order[0]])
		delete(f.kept, f.order[0])
		f.order = f.order[1:]
	}
	return token
}
