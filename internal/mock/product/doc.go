// Package product moves the objects of the core products (orders, refunds, profit sharing,
// transfers, payscore, contracts) as WeChat Pay does: which moves a state allows, what a forbidden
// one is answered with, amounts that add up, lifetimes, and who is told. The moves are tables; what
// else the description has, the general rule of package memory answers.
//
// Files use each other in this order only: serve, tables, person, ending, bill, transfer, contract,
// payscore, sharing, combine, refund, order, amount, settle, tell, row, life, value, call,
// products, files.
package product
