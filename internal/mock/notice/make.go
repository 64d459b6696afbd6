package notice

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/sample"
)

// envelope is the body of a notification.
type envelope struct {
	ID           string     `json:"id"`
	CreateTime   string     `json:"create_time"`
	ResourceType string     `json:"resource_type"`
	EventType    string     `json:"event_type"`
	Summary      string     `json:"summary"`
	Resource     keys.Boxed `json:"resource"`
}

// Made is a notification before its signature.
type Made struct {
	ID    string
	Clear []byte // the resource, its sensitive fields in clear
	Body  []byte
}

// Make makes the body of a notification.
func (n *Notifier) Make(note Notification) (*Made, error) {
	event, err := n.cfg.Set.Event(note.Event)
	if err != nil {
		return nil, err
	}
	clear, sealed, title := any(note.Resource), any(note.Resource), note.Event
	if event != nil {
		title = event.Title
		m := &sample.Maker{Seed: n.cfg.Seed + "/" + note.Event, Now: n.cfg.Clock.Now(),
			Exact: note.Sparse, Echo: whose(note.Account)}
		clear = m.Value(event.Resource, note.Resource)
		seal := func(text string) (string, error) {
			return keys.Seal(keys.Public(note.Account.Key), text)
		}
		if sealed, err = sample.Seal(event.Resource, clear, seal); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(sealed)
	if err != nil {
		return nil, err
	}
	shown, err := json.Marshal(clear)
	if err != nil {
		return nil, err
	}
	made, err := n.Wrap(note.Account, note.Event, title, text)
	if err == nil {
		made.Clear = shown
	}
	return made, err
}

// Wrap encrypts a resource and puts it into its envelope.
func (n *Notifier) Wrap(account *keys.Account, event, title string, resource []byte) (*Made,
	error) {
	family, _, _ := strings.Cut(strings.ToLower(event), ".")
	box, err := keys.Box(account.APIv3Key, resource, family)
	if err != nil {
		return nil, err
	}
	box.OriginalType = family
	made := &Made{ID: "EV-" + rand.Text(), Clear: resource}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err = enc.Encode(envelope{
		ID: made.ID, CreateTime: n.cfg.Clock.Now().Format(time.RFC3339),
		ResourceType: "encrypt-resource", EventType: event,
		Summary: title, Resource: box,
	})
	made.Body = bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	return made, err
}

// Header signs a body, and applies the fault.
func (n *Notifier) Header(account *keys.Account, body []byte, kind fault.Kind) (http.Header,
	error) {
	h := http.Header{"Content-Type": {"application/json"}, "User-Agent": {"Mozilla/4.0"},
		"Request-Id": {rand.Text()}}
	if kind == fault.Unsigned {
		return h, nil
	}
	signer := n.cfg.Ring.Signer(account, "")
	at, key, serial := n.cfg.Clock.Real(), signer.Key, signer.Serial
	switch kind {
	case fault.WrongSignature, fault.Probe:
		key = n.cfg.Ring.Stranger
	case fault.OldTimestamp:
		at = at.Add(-time.Hour)
	case fault.UnknownSerial:
		serial = "PUB_KEY_ID_0000000000000000000000000000"
	}
	timestamp, nonce := strconv.FormatInt(at.Unix(), 10), rand.Text()
	signature, err := keys.Sign(key, timestamp+"\n"+nonce+"\n"+string(body)+"\n")
	if err != nil {
		return nil, err
	}
	if kind == fault.Probe {
		signature = "WECHATPAY/SIGNTEST/" + signature
	}
	for name, v := range map[string]string{
		"Wechatpay-Serial": serial, "Wechatpay-Timestamp": timestamp, "Wechatpay-Nonce": nonce,
		"Wechatpay-Signature":      signature,
		"Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
	} {
		h.Set(name, v)
	}
	return h, nil
}

// whose are the resource's fields about the receiver.
func whose(a *keys.Account) func(at, name string, s *desc.Schema) (any, bool) {
	return func(_, name string, _ *desc.Schema) (any, bool) {
		switch name {
		case "mchid", "sp_mchid", "brand_id":
			return a.ID, true
		case "appid", "sp_appid":
			return a.AppID, true
		case "sub_mchid":
			if len(a.SubMchIDs) > 0 {
				return a.SubMchIDs[0], true
			}
		}
		return nil, false
	}
}
