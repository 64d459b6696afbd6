package load

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/spec"
)

// A part of the built-in description is the same whether all files are read or those it needs.
func TestSound(t *testing.T) {
	whole := load(t, spec.FS)
	for _, want := range whole.Services {
		got, err := Dir(spec.FS, Options{Include: []string{want.Name}, Sound: true})
		if err != nil {
			t.Errorf("%s: %v", want.Name, err)
		} else if len(got.Services) != 1 || got.Webhooks != nil ||
			!reflect.DeepEqual(got.Services[0], want) {
			t.Errorf("%s: the model differs", want.Name)
		}
	}
	got, err := Dir(spec.FS, Options{Include: []string{"webhooks"}, Sound: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Services) > 0 || !reflect.DeepEqual(got.Webhooks, whole.Webhooks) {
		t.Error("the notifications differ")
	}
}

const head = "openapi: 3.1.0\ninfo: {title: t, version: \"1\"}\n"

// layersOverSound change files that a selection needs, and files that it would not need without
// them.
var layersOverSound = map[string]fstest.MapFS{
	"an overlay for one file": {"fix.overlay.yaml": {Data: []byte(`overlay: 1.0.0
info: {title: fix, version: "1"}
extends: v3/payroll-card.yaml
actions:
  - target: $.paths['/v3/payroll-card/tokens'].post
    update: {summary: changed}
`)}},
	"an overlay for all": {"fix.overlay.yaml": {Data: []byte(`overlay: 1.0.0
info: {title: fix, version: "1"}
actions:
  - target: $.paths['/v3/payroll-card/tokens'].post
    update: {summary: changed}
`)}},
	"another file for a path": {"v3/ours.yaml": {Data: []byte(head + `paths:
  /v3/payroll-card/tokens:
    get:
      operationId: GetOurToken
      summary: ours
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  total: {$ref: "pay.yaml#/components/schemas/Amount"}
`)}},
	"the same file": {"v3/refund.yaml": {Data: []byte(head + `paths:
  /v3/refund/ours:
    get:
      operationId: GetOurs
      summary: ours
      responses:
        "204": {description: none}
`)}},
	"an operation twice": {"v3/ours.yaml": {Data: []byte(head + `paths:
  /v3/payroll-card/tokens:
    post:
      operationId: CreateOurToken
      summary: ours
      responses:
        "204": {description: none}
`)}},
	"a part of an event": {"ours.yaml": {Data: []byte(head + `webhooks:
  REFUND.SUCCESS: {post: {summary: ours}}
`)}},
	"a part of a path": {"ours.yaml": {Data: []byte(head + `paths:
  /v3/payroll-card/tokens: {post: {summary: ours}}
`)}},
	"nothing": {},
}

// soundBase is a part of the built-in description.
func soundBase(t *testing.T) fstest.MapFS {
	t.Helper()
	base := fstest.MapFS{}
	for _, name := range []string{"components.yaml", "v3/payroll-card.yaml", "v3/pay.yaml",
		"v3/refund.yaml", "v3/smartguide.yaml", "webhooks/refund.yaml"} {
		text, err := fs.ReadFile(spec.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		base[name] = &fstest.MapFile{Data: text}
	}
	return base
}

func TestSoundLayers(t *testing.T) {
	base := soundBase(t)
	for name, layer := range layersOverSound {
		for _, include := range [][]string{nil, {"payroll-card"}, {"refund"}, {"/v3/refund/**"},
			{"payroll-card", "refund", "webhooks"}} {
			opts := Options{Include: include, Name: "spec/"}
			if len(layer) > 0 {
				opts.Layers = []Layer{{Files: layer, Name: "layer/"}}
			}
			sameIfSound(t, fmt.Sprintf("%s, %q", name, include), base, opts)
			opts.Layered = true
			sameIfSound(t, fmt.Sprintf("%s, %q and the layers", name, include), base, opts)
		}
	}
}

// sameIfSound compares what is read of all files and of those that are needed, faults included.
func sameIfSound(t *testing.T, name string, base fs.FS, opts Options) {
	t.Helper()
	want, all, wantErr := DirMerged(base, opts)
	opts.Sound = true
	got, part, err := DirMerged(base, opts)
	if fmt.Sprint(err) != fmt.Sprint(wantErr) || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: the model differs: %v; want %v", name, err, wantErr)
	}
	if (wantErr != nil) != strings.Contains(name, "twice") {
		t.Errorf("%s: %v", name, wantErr)
	}
	if part == nil || all == nil {
		return
	}
	for file, text := range part.Texts {
		if string(text) != string(all.Texts[file]) {
			t.Errorf("%s: %s differs", name, file)
		}
	}
}

// What layers describe is read with what is selected, and so is a service whose package would be
// the same in Go.
func TestLayered(t *testing.T) {
	described := func(document string) fstest.MapFS {
		return fstest.MapFS{"ours.yaml": {Data: []byte(head + document)}}
	}
	path := func(path string) fstest.MapFS {
		return described("paths:\n  " + path + `:
    get: {operationId: GetOurs, responses: {"204": {description: none}}}
`)
	}
	for want, layer := range map[string]fstest.MapFS{
		"refund":              {},
		"payroll-card refund": path("/v3/payroll-card/ours"),
		"ours refund":         path("/v3/ours"),
		"refund webhooks":     described("webhooks:\n  REFUND.SUCCESS: {post: {summary: ours}}\n"),
		"refund smartguide":   path("/v3/smartguide/ours"),
		"pay payroll-card refund smartguide webhooks": layersOverSound["an overlay for one file"],
	} {
		opts := Options{Include: []string{"refund"}, Layered: true, Sound: true,
			Layers: []Layer{{Files: layer, Name: "layer/"}}}
		api, err := Dir(soundBase(t), opts)
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		var got []string
		for _, s := range api.Services {
			got = append(got, s.Name)
		}
		if api.Webhooks != nil {
			got = append(got, "webhooks")
		}
		if strings.Join(got, " ") != want {
			t.Errorf("got %q, want %s", got, want)
		}
	}
	opts := Options{Layered: true, Sound: true,
		Layers: []Layer{{Files: path("/v3/pay/ours"), Name: "layer/"}}}
	if api, err := Dir(soundBase(t), opts); err != nil || len(api.Services) != 1 {
		t.Errorf("the layers alone: %v", err)
	}
	opts.Layers[0].Files = path("/v3/payrollcard/ours")
	if _, err := Dir(soundBase(t), opts); !strings.Contains(fmt.Sprint(err),
		"service payrollcard makes the Go package payrollcard, and so does service payroll-card") {
		t.Errorf("two services with one package: %v", err)
	}
}
