package wxpay

import "errors"

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
