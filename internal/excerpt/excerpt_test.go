package excerpt

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

// An excerpt is a description itself: it reads without a fault, holds the same operations, and has
// no needless part.
func TestTake(t *testing.T) {
	files := map[string][]byte{}
	names, err := source.Find(spec.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if files[name], err = source.Read(spec.FS, name); err != nil {
			t.Fatal(err)
		}
	}
	for _, opts := range []load.Options{
		{Include: []string{"payroll-card"}},
		{Include: []string{"/v3/**/{out_trade_no}", "webhooks"}},
		{Exclude: []string{"/v3/ecommerce/**", "webhooks"}}, {Roles: []string{"brand"}},
	} {
		api, err := load.Dir(spec.FS, opts)
		if err != nil {
			t.Fatal(err)
		}
		taken, err := Take(files, api)
		if err != nil {
			t.Fatal(err)
		}
		again, err := load.Dir(folder(taken), load.Options{})
		if err != nil {
			t.Errorf("%+v: %v", opts, err)
			continue
		}
		want, got := wantedOf(api), wantedOf(again)
		for what := range want {
			if !got[what] {
				t.Errorf("%+v: %s is missing", opts, what)
			}
		}
		if len(want) != len(got) {
			t.Errorf("%+v: %d operations and notifications, want %d", opts, len(got), len(want))
		}
		less, err := Take(taken, again)
		if err != nil || len(less) != len(taken) {
			t.Errorf("%+v: of %d files %d are needed: %v", opts, len(taken), len(less), err)
		}
		for name, text := range taken {
			if string(less[name]) != string(text) {
				t.Errorf("%+v: a part of the part has another %s", opts, name)
			}
		}
		if name := "v3/payroll-card.yaml"; slices.Equal(opts.Include, []string{"payroll-card"}) &&
			string(taken[name]) != string(files[name]) {
			t.Errorf("%s is laid out otherwise, although all of it is needed", name)
		}
	}
}

func folder(files map[string][]byte) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: text}
	}
	return fsys
}
