// Package wxpaytest is WeChat Pay on localhost, for tests of programs that call it: WeChat Pay has no sandbox for APIv3.
//
//	srv := wxpaytest.New(t)
//	srv.Reply("POST", "/v3/pay/transactions/jsapi", `{"prepay_id":"wx26112221580621e9b071c00d9e093b0000"}`)
//	client, err := wxpay.New(srv.Config(), srv.Options()...)
//	… // call the code under test
//	body := srv.Requests()[0].Body // sealed fields are in clear here
//
// The server verifies the signature of every request and signs every reply, both with crypto/* alone, so a mistake in package wxpay
// does not cancel itself out. It makes notifications ([Server.Notify]), serves /v3/certificates, and misbehaves on demand
// ([Server.Misbehave]). [WithBrand] makes it know a brand that signs for itself. Tests may run in parallel, each with a server of its own; keys are made once per process.
package wxpaytest
