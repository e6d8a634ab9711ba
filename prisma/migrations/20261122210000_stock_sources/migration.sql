-- AlterTable
ALTER TABLE "stock_movement" ADD COLUMN     "source_entity" TEXT NOT NULL,
ADD COLUMN     "source_key" TEXT NOT NULL;

-- AlterTable
ALTER TABLE "stock_level" ADD COLUMN     "left_out" INTEGER NOT NULL DEFAULT 0;
