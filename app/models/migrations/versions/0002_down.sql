drop table stock_count, stock_balance, stock_move, stock_location, stock_item;
drop function app.stock_move_is_final();
drop function app.stock_balance_holds();
update server_meta set schema_newest = 1;
