package wxpay

import (
	"errors"
	"unicode/utf8"
)

// envelope is a notification on the wire.
type envelope struct {
	ID           string `json:"id"`
	CreateTime   Time   `json:"create_time"`
	EventType    string `json:"event_type"`
	ResourceType string `json:"resource_type"`
	Summary      string `json:"summary"`
	Resource     *struct {
		sealedBox
		OriginalType string `json:"original_type"`
	} `json:"resource"`
}

// readEnvelope reads a verified body into e and returns its encrypted resource. What WeChat Pay sends has a plain form, read at
// once; anything else is left to encoding/json, which allocates more than all the rest of a notification.
func (e *Event) readEnvelope(body []byte) (box rawBox, err error) {
	s := scanner{b: body}
	if s.event(e, &box) && s.end() && e.EventType != "" && box.present {
		return box, nil
	}
	*e = Event{Serial: e.Serial, client: e.client}
	var env envelope
	if err := env.read(body); err != nil {
		return rawBox{}, err
	}
	e.ID, e.CreateTime, e.EventType = env.ID, env.CreateTime, env.EventType
	e.ResourceType, e.Summary, e.OriginalType = env.ResourceType, env.Summary, env.Resource.OriginalType
	return env.Resource.raw(), nil
}

// read decodes what it can: an odd time or summary must not cost a payment.
func (env *envelope) read(body []byte) error {
	if fault := decode(body, env); fault != nil {
		for _, f := range fault.Fields {
			if f.Path != "create_time" && f.Path != "summary" && f.Path != "resource_type" {
				return fault
			}
		}
		if fault.Err != nil {
			return fault
		}
	}
	switch {
	case env.EventType == "":
		return errors.New("event_type is missing")
	case env.Resource == nil:
		return errors.New("resource is missing")
	}
	return nil
}

// scanner reads JSON objects of strings without escapes. At everything else its methods return false.
type scanner struct {
	b []byte
	i int
}

func (s *scanner) event(e *Event, box *rawBox) bool {
	return s.object(func(name, value []byte) bool {
		switch string(name) {
		case "id":
			e.ID = string(value)
		case "create_time":
			return e.CreateTime.parse(string(value))
		case "event_type":
			e.EventType = string(value)
		case "resource_type":
			e.ResourceType = string(value)
		case "summary":
			e.Summary = string(value)
		default: // encoding/json is not strict about the case of names
			return false
		}
		return value != nil
	}, func(name []byte) bool { return string(name) == "resource" && s.resource(e, box) })
}

func (s *scanner) resource(e *Event, box *rawBox) bool {
	box.present = true
	return s.object(func(name, value []byte) bool {
		switch string(name) {
		case "algorithm":
			box.algorithm = value
		case "nonce":
			box.nonce = value
		case "associated_data":
			box.associatedData = value
		case "ciphertext":
			box.ciphertext = value
		case "original_type":
			e.OriginalType = string(value)
		default:
			return false
		}
		return value != nil
	}, func([]byte) bool { return false })
}

// object calls text for each member that is a string, and inner, which reads it, for each that is an object.
func (s *scanner) object(text func(name, value []byte) bool, inner func(name []byte) bool) bool {
	if !s.next('{') {
		return false
	}
	for {
		name, ok := s.text()
		if !ok || !s.next(':') {
			return false
		}
		if s.peek() == '{' {
			ok = inner(name)
		} else {
			var value []byte
			value, ok = s.text()
			ok = ok && text(name, value)
		}
		switch {
		case !ok:
			return false
		case s.next('}'):
			return true
		case !s.next(','):
			return false
		}
	}
}

// text reads a string.
func (s *scanner) text() ([]byte, bool) {
	if !s.next('"') {
		return nil, false
	}
	for start := s.i; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; {
		case c == '"':
			value := s.b[start:s.i]
			s.i++
			return value, utf8.Valid(value)
		case c < ' ' || c == '\\':
			return nil, false
		}
	}
	return nil, false
}

// peek skips white space and returns what follows; 0 at the end.
func (s *scanner) peek() byte {
	for ; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

func (s *scanner) next(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.i++
	return true
}

func (s *scanner) end() bool { return s.peek() == 0 && s.i == len(s.b) }
