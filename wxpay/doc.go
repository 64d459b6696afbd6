// Package wxpay is the runtime below the generated WeChat Pay APIv3 clients: it signs requests, verifies replies, seals and
// opens sensitive fields, retries where that is safe, and turns every failure into a typed error. It depends on the
// standard library alone.
//
// A [Client] belongs to one merchant or brand, holds no global state, starts no goroutine (but for the length of a download of certificates)
// and is safe for concurrent use; make as many as there are of them. Generated packages wrap it:
//
//	client, err := wxpay.New(wxpay.Config{
//		MchID: "1900000001", SerialNo: serial, PrivateKey: key, APIv3Key: apiV3Key,
//		PlatformKeys: wxpay.PlatformKeys{"PUB_KEY_ID_0119000000012024010100000000": pub},
//	})
//	resp, err := payrollcard.New(client).Authentications().PreOrderWithAuth().Post(ctx, req)
//
// # Errors
//
// After a payment, ask first whether [errors.Is] finds [ErrOutcomeUnknown]: it may have happened. A call fails with exactly one of
// these, all found with [errors.As]:
//
//   - [*InvalidError]: the request is incomplete or malformed; nothing was sent
//   - [*SealError]: a sensitive field could not be encrypted; nothing was sent
//   - [*SignError]: the caller's key failed to sign; MaybeSent tells whether an earlier attempt may have taken effect
//   - [*TransportError]: no whole reply arrived; MaybeSent tells whether the request may have taken effect
//   - [*VerifyError]: a reply came that must not be believed; Step tells why
//   - [*BodySizeError]: a reply was larger than [WithMaxBody] allows
//   - [*Error]: WeChat Pay answered with an error; [errors.Is] with [ErrNotFound] and its siblings tells its class
//   - [*DecodeError]: a verified reply has fields that do not decode; the result holds all the others
//   - [*DownloadError]: a download whose writer failed, or whose content is not what was announced; what was written must not be used
//
// [New] fails with [*ConfigError]s, reading a key with a [*KeyError], a download of certificates with a [*CertificateError] or as a call does.
// A notification is refused with a [*NotificationError], whose Step tells why; a [Future] whose function panics holds a [*PanicError].
//
// No message of any of them holds a key, a signature, a path value, a query, or a field's value, unless WeChat Pay's own message quotes it.
package wxpay
