package wxpay

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// The further steps of a notification; those of [VerifyError] come first.
const (
	// the body is too large, was cut off, or did not come in time
	StepSize     VerifyStep = "size"
	StepEnvelope VerifyStep = "envelope" // the body is no JSON, or not of a notification's shape
	StepDecrypt  VerifyStep = "decrypt"  // the resource does not open with the APIv3 key
	StepDecode   VerifyStep = "decode"   // the resource does not fit the event's type
	// a sealed field of the resource does not open with the merchant's key
	StepOpen VerifyStep = "open"
	StepSeen VerifyStep = "seen" // the notification was handled before
)

// NotificationError says at which step a notification was refused.
type NotificationError struct {
	Step      VerifyStep
	Serial    string // of the key that the sender claims, if it named one
	EventID   string // set from StepDecrypt on; before that the body is not verified
	EventType string // likewise
	// a *VerifyError for the steps of verification, a *DecodeError for those of the resource
	Err error
}

// Error names step, reason, serial and event, never the content.
func (e *NotificationError) Error() string {
	s := "wxpay: notification"
	if e.EventType != "" || e.EventID != "" {
		s += " " + oneLine(e.EventType) + " " + oneLine(e.EventID)
	}
	if v, ok := errors.AsType[*VerifyError](e.Err); ok { // it names step and serial itself
		return s + ": " + strings.TrimPrefix(v.Error(), "wxpay: ")
	}
	return s + ": " + string(e.Step) + ": " + strings.TrimPrefix(e.Err.Error(), "wxpay: ") +
		origins(e.Serial, "", 0, 0)
}

// Unwrap returns the reason.
func (e *NotificationError) Unwrap() error { return e.Err }

// Event is a notification that is verified and decrypted; [Event.Decode] reads its resource. It
// always prints its envelope alone, as the resource holds personal data.
type Event struct {
	// the same in every delivery of the notification, as "EV-2018022511223320873"
	ID           string
	CreateTime   Time
	EventType    string // as "TRANSACTION.SUCCESS"
	ResourceType string // "encrypt-resource"
	Summary      string
	OriginalType string // the kind of the resource before encryption, as "transaction"
	Serial       string // of the platform key that signed

	// Fault names the fields of the resource that could not be read, for a typed handler; nil if
	// there are none. It is a [*NotificationError] around the [*DecodeError] that names them.
	// Return it from the handler to have the notification sent again.
	Fault error

	plain  concealed[[]byte]
	client *Client
}

// Plaintext returns the decrypted resource: JSON, which may hold personal data.
func (e *Event) Plaintext() []byte { return reveal(e.plain) }

// Decode reads the resource into out, a pointer, and opens the sealed fields that secrets, which
// may be nil, walks over. Its error is a [*NotificationError] around a [*DecodeError]; out then
// holds every field that the latter does not list.
func (e *Event) Decode(out any, secrets func(*gen.Secrets)) error {
	if fault := e.decode(out, secrets); fault != nil {
		return fault
	}
	return nil
}

// Unpack is Decode for generated code: it puts fields that do not fit into e.Fault, so that a
// handler gets all others. It returns an error only if nothing of the resource could be read.
func (e *Event) Unpack(out any, secrets func(*gen.Secrets)) error {
	fault := e.decode(out, secrets)
	if fault == nil {
		return nil
	}
	if d := fault.Err.(*DecodeError); d.Err != nil || d.Fields[0].Path == "" {
		return fault
	}
	e.Fault = fault
	return nil
}

// decode returns an error around a *DecodeError.
func (e *Event) decode(out any, secrets func(*gen.Secrets)) *NotificationError {
	step, fault := StepDecode, decodeBody(e.Plaintext(), out)
	if secrets != nil && e.client != nil {
		if faults := e.client.openSecrets(secrets); len(faults) > 0 {
			if fault == nil {
				step, fault = StepOpen, new(DecodeError)
			}
			fault.Fields = append(fault.Fields, faults...)
		}
	}
	if fault == nil {
		return nil
	}
	fault.Operation = e.EventType
	return e.fault(step, fault)
}

func (e *Event) fault(step VerifyStep, err error) *NotificationError {
	return &NotificationError{Step: step, Serial: e.Serial, EventID: e.ID, EventType: e.EventType,
		Err: err}
}

// String returns type and id.
func (e Event) String() string { return oneLine(e.EventType) + " " + oneLine(e.ID) }

// Format prints what String returns, whatever the verb. Events that embed an Event inherit it, so
// they do not print their resource either.
func (e Event) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(e.String())) }

// LogValue returns the envelope for slog.
func (e Event) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", e.ID), slog.String("event_type", e.EventType),
		slog.String("create_time", e.CreateTime.String()),
		slog.String("original_type", e.OriginalType), slog.String("serial", e.Serial))
}

// ParseNotification verifies and decrypts a notification: header and body exactly as they arrived.
// It looks the Wechatpay-… headers up in any case, since some frameworks change it. Errors are of
// type [*NotificationError]; answer them with a status of 4xx or 5xx, and success with 200 or 204.
// [Client.NotificationHandler] does all of that.
func (c *Client) ParseNotification(ctx context.Context, header http.Header, body []byte) (*Event,
	error) {
	if err := c.unready(ctx, "wxpay.ParseNotification"); err != nil {
		return nil, err
	}
	sig, fault := readSigned(canonical(header), c.now(), c.skew)
	if fault != nil {
		return nil, fault.ofNotification()
	}
	return c.parseNotification(ctx, &sig, body)
}

func (c *Client) parseNotification(ctx context.Context, sig *signed, body []byte) (*Event, error) {
	if len(body) > maxNotification {
		return nil, &NotificationError{Step: StepSize, Serial: sig.serial, Err: errNotificationSize}
	}
	if fault := c.verifyBody(ctx, sig, body); fault != nil {
		return nil, fault.ofNotification()
	}
	return c.openNotification(sig, body)
}

func (e *VerifyError) ofNotification() *NotificationError {
	return &NotificationError{Step: e.Step, Serial: e.Serial, Err: e}
}

// verifyBody builds the signed message in borrowed memory.
func (c *Client) verifyBody(ctx context.Context, sig *signed, body []byte) *VerifyError {
	s := c.borrow()
	defer c.giveBack(s)
	s.text = append(append(sig.appendHead(s.text[:0]), body...), '\n')
	return c.verify(ctx, sig, s.text)
}

// canonical returns h with its Wechatpay-… names in canonical form; h itself if they are. It adds
// up the values of a name in two spellings, so that they count as repeated.
func canonical(h http.Header) http.Header {
	const prefix = "Wechatpay-"
	for name := range h {
		if len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) &&
			http.CanonicalHeaderKey(name) != name {
			return canonicalCopy(h)
		}
	}
	return h
}

func canonicalCopy(h http.Header) http.Header {
	fixed := make(http.Header, len(h))
	for name, values := range h {
		key := http.CanonicalHeaderKey(name)
		fixed[key] = append(fixed[key], values...)
	}
	return fixed
}

// openNotification reads a verified body.
func (c *Client) openNotification(sig *signed, body []byte) (*Event, error) {
	var env envelope
	if err := env.read(body); err != nil {
		return nil, (&Event{Serial: sig.serial}).fault(StepEnvelope, err)
	}
	e := &Event{
		ID: env.ID, CreateTime: env.CreateTime, EventType: env.EventType,
		ResourceType: env.ResourceType, Summary: env.Summary,
		OriginalType: env.Resource.OriginalType, Serial: sig.serial, client: c,
	}
	plain, err := c.private.Load().aead.open(&env.Resource.sealedBox)
	if err != nil {
		return nil, e.fault(StepDecrypt, err)
	}
	e.plain = conceal(plain)
	return e, nil
}
