package wxpay

import (
	"errors"
	"slices"
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

// dispensable are the fields that a handler does not need.
var dispensable = []string{"id", "create_time", "resource_type", "summary",
	"resource.original_type"}

// read decodes the envelope. An odd time or summary is no fault, since it must not cost a payment.
func (env *envelope) read(body []byte) error {
	if fault := decode(body, env); fault != nil {
		if fault.Err != nil || slices.ContainsFunc(fault.Fields, func(f FieldError) bool {
			return !slices.Contains(dispensable, f.Path)
		}) {
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
