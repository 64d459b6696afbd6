package wire

import "github.com/wxgen/wxgen/wxpay/internal/fault"

// decoder reads valid JSON into Go values. It notes a value that does not fit, and reads the
// others.
type decoder struct {
	scanner
	place  fault.Place
	hops   int // from interface to interface
	faults []Field
}

// maxFaults bounds the faults of an error, as for a long list of the wrong kind.
const maxFaults = 50

func (d *decoder) misfit(s *shape, raw []byte) {
	d.fault("", "want "+s.wants()+", got "+KindOf(raw))
}

// fault notes a problem at a path below the present place.
func (d *decoder) fault(path, problem string) {
	if len(d.faults) == maxFaults {
		return
	}
	d.faults = append(d.faults, Field{fault.Join(d.place.String(), path), problem})
}

// wants names the JSON form of the type.
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
