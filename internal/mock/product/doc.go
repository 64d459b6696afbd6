// Package product moves the objects of the core products (orders, refunds, profit sharing,
// transfers, payscore, contracts) by WeChat Pay's rules: the moves of each state, the errors for
// others, sums of amounts, lifetimes, and notifications. The moves are tables. The general rule of
// package memory answers all other operations.
//
// Files use each other in this order only: serve, tables, person, ending, bill, transfer, contract,
// payscore, sharing, combine, refund, order, amount, settle, tell, row, life, value, call,
// products, files.
package product
