// Package wxpaytest is WeChat Pay on localhost, for tests of programs that call it: WeChat Pay has
// no sandbox for APIv3.
//
//	srv := wxpaytest.New(t)
//	client, err := wxpay.New(srv.Config(), srv.Options()...)
//	… // place an order with the code under test
//	srv.Pay("order-1") // as its user would; the notification is sent to the notify_url
//	body := srv.Requests()[0].Body // sealed fields are in clear here
//
// The server judges every request by the description, answers every operation by itself, and
// remembers: an order that was placed can be queried, paid, closed, refunded. [Server.Override]
// changes fields of its answers. [Server.Reply] and [Server.Handle] plan whole answers, which may
// be anything unless [WithStrictReplies] is set. Signatures are verified and made with crypto/*
// alone, so a mistake in package wxpay does not cancel out. The server makes notifications of any
// event ([Server.Notify], [Server.Deliver]), serves /v3/certificates, and misbehaves on demand
// ([Server.Misbehave], [Server.MisbehaveCallbacks]). [Server.Advance] puts its clock forward.
// [WithBrand] makes it serve a brand. Tests may run in parallel, each with a server of its own;
// keys are made once per process.
//
// Files use each other in this order only: new, notify, person, override, plan, misbehave, server,
// body, route, request, fault, keys.
package wxpaytest
