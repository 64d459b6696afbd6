// Package wxpay is the runtime below the generated WeChat Pay APIv3 clients. It signs requests,
// verifies replies, seals and opens sensitive fields, retries where that is safe, and turns every
// failure into a typed error. It depends on the standard library alone.
//
// # The client
//
// Load the merchant's key and WeChat Pay's public key, and make one [Client] per merchant or brand
// with [New]. A client holds no global state and starts no goroutine, but for the length of a
// download of certificates. It is safe for concurrent use. Generated packages wrap it:
//
//	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
//	pub, err := wxpay.LoadPublicKey("pub_key.pem")
//	client, err := wxpay.New(wxpay.Config{
//		MchID: "1900000001", SerialNo: serial, PrivateKey: key, APIv3Key: apiV3Key,
//		PlatformKeys: wxpay.PlatformKeys{"PUB_KEY_ID_0119000000012024010100000000": pub},
//	})
//	resp, err := payrollcard.New(client).Authentications().PreOrderWithAuth().Post(ctx, req)
//
// An [Option] configures the client, as [WithTimeout] and [WithRetry] do; a [CallOption] configures
// one call, as [WithRawResponse] does. [Client.Chain] and [Client.Raw] call what generated code
// lacks.
//
// # The values
//
// A sensitive field is a [Secret]: [NewSecret] takes clear text, [Secret.Reveal] returns it, and it
// prints as "[redacted]". A moment is a [Time], a file to upload a [File].
//
// # After the call
//
// [Client.JSAPIPayment], [Client.APPPayment] and [H5PaymentURL] make a front end's parameters.
// [Client.NotificationHandler] serves the notify_url. [Client.DownloadURL] fetches a bill that a
// reply names.
//
// # Errors
//
// After a payment, ask first whether [errors.Is] finds [ErrOutcomeUnknown]: the payment may have
// happened. A call fails with exactly one of these, which [errors.As] finds:
//
//   - [*InvalidError]: the request is incomplete or malformed; nothing was sent
//   - [*SealError]: a sensitive field could not be encrypted; nothing was sent
//   - [*SignError]: the caller's key failed to sign; MaybeSent tells whether an earlier attempt may
//     have taken effect
//   - [*TransportError]: no whole reply arrived; MaybeSent tells whether the request may have taken
//     effect
//   - [*VerifyError]: the reply must not be believed; Step tells why
//   - [*BodySizeError]: a reply was larger than [WithMaxBody] allows
//   - [*Error]: WeChat Pay answered with an error; [errors.Is] with [ErrNotFound] and its siblings
//     tells its class
//   - [*DecodeError]: a verified reply has fields that do not decode; the result holds all the
//     others
//   - [*DownloadError]: the writer of a download failed, or the content does not match its digest;
//     the written part must not be used
//
// [New] fails with [*ConfigError]s, reading a key with a [*KeyError], a download of certificates
// with a [*CertificateError] or as a call does. A notification is refused with a
// [*NotificationError], whose Step tells why; a [Future] whose function panics holds a
// [*PanicError].
//
// Their messages never hold a key, a signature, a path value, a query, or a field's value, unless
// WeChat Pay's own message quotes it.
//
// # For those who change this package
//
// Files use each other in this order only: redact, validation, scanpayment, payment, notifyhandler,
// notifymux, seenstore, notify, notifybody, envelope, chain, raw, call, new, check, certificate,
// download, option, file, exchange, try, reply, errorobject, request, quietconn, sign, attempt,
// fate, prepare, body, target, limit, seal, sealer, verify, prepared, scratch, client, retry,
// observe, keyring, owner, config, callsettings, async, aead, error, signature, decodeerror,
// invaliderror, transporterror, errorclass, errortext, reason, keys, configerror, secret, time,
// conceal.
package wxpay
