package wxpay

func (d *decoder) misfit(s *shape, raw []byte) {
	d.fault("", "want "+s.wants()+", got "+jsonKind(raw))
}

// maxPath bounds a path in an error.
const maxPath = 512

// fault notes a problem at a path below the present place.
func (d *decoder) fault(path, problem string) {
	if len(d.faults) == maxFaults {
		return
	}
	if path = joinPath(d.place.String(), path); len(path) > maxPath {
		path = path[:maxPath] + "…"
	}
	d.faults = append(d.faults, FieldError{path, problem})
}

func joinPath(path, below string) string {
	if path == "" || below == "" || below[0] == '[' {
		return path + below
	}
	return path + "." + below
}

// wants names the JSON that a type is read from.
func (s *shape) wants() string {
	if s.reads != readsPlainly {
		return "what fits " + s.t.String()
	}
	switch s.kind {
	case intShape, uintShape:
		return "an integer"
	case floatShape, numberShape:
		return "a number"
	case stringShape:
		return "a string"
	case boolShape:
		return "a boolean"
	case bytesShape:
		return "a string of base64"
	case sliceShape, arrayShape:
		return "an array"
	case structShape, mapShape:
		return "an object"
	case pointerShape, quotedShape:
		return s.elem.wants()
	}
	return "nothing, as JSON has nothing for " + s.t.String()
}

// jsonKind names the kind of a JSON value.
func jsonKind(raw []byte) string {
	if len(raw) == 0 {
		return "nothing"
	}
	switch c := raw[0]; {
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '"':
		return "a string"
	case c == 't' || c == 'f':
		return "a boolean"
	case c == 'n':
		return "null"
	}
	return "a number"
}
