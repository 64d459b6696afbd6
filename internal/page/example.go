package page

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// readExample reads the example request: the page's own, or that of its sample call.
func (d *draft) readExample() {
	switch {
	case d.example.line > 0:
		text := []byte(strings.Join(d.example.text, "\n"))
		if err := checkObject(text); err != nil {
			d.faults.add(d.example.line, "write the example as one JSON object",
				"the example is no JSON: %v", err)
			return
		}
		d.op.Example = bytes.TrimSpace(text)
	case d.sample != nil && d.sample.args != nil && d.sample.args.keys != nil:
		d.op.Example = d.sample.args.json()
	}
}

func checkObject(text []byte) error {
	var object map[string]json.RawMessage
	return json.Unmarshal(text, &object)
}

// renameExample renames a misspelt path parameter. It leaves inner fields of the same name.
func (d *draft) renameExample(from, to string) {
	dec := json.NewDecoder(bytes.NewReader(d.op.Example))
	if _, err := dec.Token(); err != nil {
		return
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return
		}
		if end := int(dec.InputOffset()); key == from {
			old := quote(from)
			d.op.Example = slices.Concat(d.op.Example[:end-len(old)], quote(to), d.op.Example[end:])
			return
		}
		var skipped json.RawMessage
		if dec.Decode(&skipped) != nil {
			return
		}
	}
}
