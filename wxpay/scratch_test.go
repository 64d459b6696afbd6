package wxpay

import (
	"bytes"
	"context"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// A scratch that is given back holds nothing of its use.
func TestScratchIsWiped(t *testing.T) {
	c := new(Client)
	for _, use := range []func(*scratch){
		func(s *scratch) { s.json = append(s.json, "secret"...) },
		func(s *scratch) { s.text = append(s.text, strings.Repeat("secret", 500)...) },
		func(s *scratch) {
			_, _ = s.read(strings.NewReader(strings.Repeat("secret", 500)), -1, 100)
		},
		func(s *scratch) {
			_, _ = s.read(strings.NewReader(strings.Repeat("secret", 500)), 3000, 10)
		},
		func(s *scratch) {
			x := prepared{c: new(Client), call: gen.Call{Body: map[string]string{"id": "secret"}},
				opts: &callSettings{fields: []extraField{{"a", "secret"}, {"b", math.NaN()}}}}
			x.c.scratch.New = func() any { return s }
			if x.encode(context.Background()) == nil {
				t.Error("NaN encodes")
			}
		},
		func(s *scratch) {
			_, _ = s.read(io.LimitReader(strings.NewReader("secret"), 3), -1, math.MaxInt64)
		},
	} {
		s := new(scratch)
		s.json, s.text = make([]byte, 0, 8192), make([]byte, 0, 8192)
		use(s)
		c.giveBack(s)
		if all := append(s.json[:cap(s.json)], s.text[:cap(s.text)]...); len(s.json)+
			len(s.text) != 0 || bytes.IndexFunc(all, func(r rune) bool { return r != 0 }) >= 0 {
			t.Errorf("left behind: %q", bytes.Trim(all, "\x00"))
		}
	}
}
