package wxpaytest

import "github.com/wxgen/wxgen/internal/mock/fault"

// Fault is a way to misbehave.
type Fault int

// The faults. A reply of status 2xx with one of the first five gives a *wxpay.VerifyError; a
// notification gives a *wxpay.NotificationError.
const (
	WrongSignature Fault = iota + 1 // made with another key
	Unsigned                        // no Wechatpay-… header at all
	OldTimestamp                    // an hour old
	UnknownSerial                   // a key that the client does not have
	SignatureProbe                  // WECHATPAY/SIGNTEST/…, as WeChat Pay sends now and then
	MalformedJSON                   // signed, but cut in half; of a notification, its resource
	CutOff                          // the connection closes within the body; replies only
	// HTTP 503 of a gateway, without signature and JSON; replies only
	Unavailable
	// the request takes effect, and the connection is reset without a reply; replies only
	LostReply
)

var kinds = map[Fault]fault.Kind{
	WrongSignature: fault.WrongSignature, Unsigned: fault.Unsigned,
	OldTimestamp: fault.OldTimestamp, UnknownSerial: fault.UnknownSerial,
	SignatureProbe: fault.Probe, MalformedJSON: fault.Malformed, CutOff: fault.Truncated,
	Unavailable: fault.Unavailable, LostReply: fault.LostReply,
}
